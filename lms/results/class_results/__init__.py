"""The result of a class: computed by its regulation, checked, signed, published."""
