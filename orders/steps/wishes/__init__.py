"""Steps about the client's wishes, as marked by staff."""
