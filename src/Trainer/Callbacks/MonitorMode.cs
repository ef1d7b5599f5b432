namespace Toolkit.Trainer.Callbacks;

/// <summary>Which way a watched figure gets better.</summary>
public enum MonitorMode
{
    /// <summary>Down for a loss; as the metric says (<see cref="Metrics.Metric.GreaterIsBetter"/>) for a metric.</summary>
    Auto,

    /// <summary>Less is better.</summary>
    Min,

    /// <summary>Greater is better.</summary>
    Max,
}
