namespace Toolkit.Trainer.Reporting;

/// <summary>A place on an axis with a text of its own, such as a date or a threshold.</summary>
/// <param name="Position">Where it is on the axis.</param>
/// <param name="Label">The text.</param>
public sealed record AxisTick(double Position, string Label)
{
    /// <summary>Where it is on the axis.</summary>
    public double Position { get; } = double.IsFinite(Position) ? Position : throw new ArgumentException($"AxisTick '{Label}': expected a finite position, got {Position}.", nameof(Position));

    /// <summary>The text.</summary>
    public string Label { get; } = Label ?? throw new ArgumentNullException(nameof(Label));
}
