"""The first menu: four buttons, what most people come for."""
