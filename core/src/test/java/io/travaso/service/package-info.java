@NullMarked
package io.travaso.service;

import org.jspecify.annotations.NullMarked;
