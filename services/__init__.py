"""What happens: the desk through which orders change, notifications, the sender, alarms, copies."""
