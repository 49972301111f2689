"""The browser's side: guarded blueprints, forms, tables, layouts and components."""
