"""财政供养比: how many people stand behind one person on the public payroll."""
