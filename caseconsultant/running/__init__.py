"""Running the whole house on one machine: embedded broker, supervisor, demo."""
