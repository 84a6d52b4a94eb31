"""The pages: rendered here, brought to life by small ES modules, working without the internet."""
