namespace Toolkit.Trainer.Layers;

/// <summary>How the zeros around a convolution's or a pooling's input are chosen.</summary>
public enum PaddingMode
{
    /// <summary>None.</summary>
    Valid,

    /// <summary>As many as make the output ⌈input / stride⌉ large, the odd one at the end.</summary>
    Same,

    /// <summary>All before the sequence, so that no output sees a later input; one-dimensional layers only.</summary>
    Causal,

    /// <summary>As given for each edge.</summary>
    Explicit,
}
