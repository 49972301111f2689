"""What is studied: lessons of a module, activities of a class, and each learner's progress."""
