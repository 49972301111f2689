"""Blueprints, assessments and what is drawn from them."""
