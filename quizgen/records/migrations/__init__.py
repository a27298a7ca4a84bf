"""Migrations: how the tables of each release become those of the next."""
