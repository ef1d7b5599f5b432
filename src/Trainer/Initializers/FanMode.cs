namespace Toolkit.Trainer.Initializers;

/// <summary>Which number of connections a variance is divided by.</summary>
public enum FanMode
{
    /// <summary>Inputs of a unit: keeps the variance of activations on the way forward.</summary>
    FanIn,

    /// <summary>Outputs of a unit: keeps the variance of gradients on the way back.</summary>
    FanOut,

    /// <summary>The mean of both.</summary>
    FanAverage,
}
