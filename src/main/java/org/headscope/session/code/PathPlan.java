package org.headscope.session.code;

import org.headscope.patching.Metric;
import org.headscope.session.HeadPath;
import org.headscope.session.Substitution;

/**
 * One path from a head to another, patched in one pair of prompts.
 *
 * @param substitution which run is changed; what goes along the path is always the other run's
 */
public record PathPlan(HeadPath path, Substitution substitution, Metric metric) {
}
