from django.db import migrations

from planner.models import guards


class Migration(migrations.Migration):
    """The triggers that keep revisions, results and finished runs as they are."""

    dependencies = [("planner", "0001_initial")]

    operations = [migrations.RunPython(guards.install, guards.remove)]
