namespace Toolkit.Trainer.Autograd;

/// <summary>How the gradient of a function's input comes from that of its output, as far as their memory goes.</summary>
internal enum GradientFlow
{
    /// <summary>Both need memory of their own.</summary>
    Computed,

    /// <summary>
    /// Backward may write the input's gradient over the output's. Where several inputs are so, their gradients are equal, and one's may be taken for the
    /// output's to compute another's.
    /// </summary>
    InPlace,

    /// <summary>The gradients are equal: where they share memory, there is nothing to do.</summary>
    Same,
}
