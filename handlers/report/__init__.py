"""Reports that somebody asks for."""
