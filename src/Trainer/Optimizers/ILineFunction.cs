namespace Toolkit.Trainer.Optimizers;

/// <summary>A function along a line, φ(α) = f(x + α·p).</summary>
internal interface ILineFunction
{
    /// <summary>Moves to x + α·p and computes φ and φ' there.</summary>
    LinePoint At(double step);
}
