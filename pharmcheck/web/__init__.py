"""The web form and its API: `create_app` makes them; the extra `web` installs what they need."""
