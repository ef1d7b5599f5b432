namespace Toolkit.Trainer.Autograd;

/// <summary>What a value of a trace is.</summary>
public enum TraceValueKind
{
    /// <summary>Fed by the caller.</summary>
    Input,

    /// <summary>A weight of the model.</summary>
    Parameter,

    /// <summary>Made by a step.</summary>
    Intermediate,
}
