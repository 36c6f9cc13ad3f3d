"""What a courier has to deliver, and couriers whom a shop calls in need."""
