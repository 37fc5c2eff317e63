"""FEEL, the expression language of DMN: reading and evaluating it. Knows no XML."""
