"""The ground floor: knows no school and no browser."""
