"""What is kept so that phones ring once: when each chat rang, who sits in the group, where each one hears."""
