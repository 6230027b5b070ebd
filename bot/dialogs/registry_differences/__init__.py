"""What files of the registry kept elsewhere say otherwise: staff settle each in private."""
