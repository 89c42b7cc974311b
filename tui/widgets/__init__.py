"""The pieces screens are made of; none of them asks the inventory anything."""
