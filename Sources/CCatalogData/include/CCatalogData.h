#pragma once
#include <stddef.h>
#include <stdint.h>
#include "CSPCatalogData.h"
#include "ErrorData.h"
#include "FactData.h"
#include "FleetMappingData.h"
#include "RunbookData.h"
