namespace Toolkit.Trainer.Reporting;

/// <summary>How an axis places values.</summary>
public enum AxisScale
{
    /// <summary>In proportion.</summary>
    Linear,

    /// <summary>By the logarithm to base 10; values at or below 0 are left out.</summary>
    Logarithmic,
}
