"""How the application is opened: the `workbench lab` command, its JupyterLab extension and its notebooks."""
