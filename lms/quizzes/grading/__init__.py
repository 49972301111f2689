"""Essays (*bài thu hoạch*): their tasks, hand-ins, rubric and graders."""
