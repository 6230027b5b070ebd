"""Points of confirmation: officers find who came, compare, confirm, enter families on paper."""
