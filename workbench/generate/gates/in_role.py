"""The gates of a conversation that is role-played from cards: both sides stay who they are, and it sounds spoken."""

from workbench.generate.base import Gate
from workbench.generate.gates.mistakes import mistake_made
from workbench.generate.gates.roleplay import natural, role_leak
from workbench.generate.gates.secrets import keeps_private, true_to_card

IN_ROLE: tuple[Gate, ...] = (role_leak, keeps_private, true_to_card, mistake_made, natural)
