from gishe.core.rules._answer import Answer, Reason
from gishe.core.rules._case import Case, choose, read_case
from gishe.core.rules._decide import decide, standing_of
from gishe.core.rules._pack import Pack
from gishe.core.rules._problems import InputError, PackError, Problem
from gishe.core.rules._reading import read_pack
from gishe.core.rules._tree import Tree
