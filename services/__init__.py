"""What happens: the desk through which orders change, who is told of it, sender, alarms, copies."""
