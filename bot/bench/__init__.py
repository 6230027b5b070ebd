"""Measuring: registries of any size, rivals, and figures that anybody can make again."""
