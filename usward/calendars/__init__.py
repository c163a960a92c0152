"""Calendars as the world writes them: from an ICS file or address to busy hours, and nothing else. No titles leave here."""
