"""What the database tells the services: the signal after a commit, and who is the leader."""
