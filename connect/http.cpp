#include "connect/http.h"
