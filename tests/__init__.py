"""The test suite; ``tests.lab`` boots and fills the real MediaWikis that it talks to."""
