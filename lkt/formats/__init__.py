"""Outputs for people and programs: from a ``Result`` to text; the caller prints or writes it."""
