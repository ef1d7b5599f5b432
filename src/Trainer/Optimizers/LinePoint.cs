namespace Toolkit.Trainer.Optimizers;

/// <summary>A point on a line: α, φ(α) and φ'(α).</summary>
internal readonly record struct LinePoint(double Step, double Value, double Slope);
