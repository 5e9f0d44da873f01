"""Words for people: found in templates and code, translated in `locale/`, compiled into `build/locale/`."""
