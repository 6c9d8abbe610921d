#include "CCatalogData.h"
