"""What French says of soldiers, prisoners, bodies and equipment."""
