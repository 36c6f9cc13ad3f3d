"""Rules of delivery outside of the steps: couriers whom a shop calls in need."""
