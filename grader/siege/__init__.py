"""Attacking the walls of the machine one stands on, as a student's submission would.

What an administrator runs before trusting a new server (`grade doctor --attack`): `attacker` is
handed in as if by a student, real workers load it, and `walls` says of each attack what it means
that it came through. Everything tried here is harmless where it succeeds.
"""
