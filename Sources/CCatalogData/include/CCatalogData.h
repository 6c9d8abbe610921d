#pragma once
#include <stddef.h>
#include <stdint.h>
#include "CSPCatalogData.h"
#include "FactData.h"
