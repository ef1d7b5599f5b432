namespace Toolkit.Cli;

/// <summary>What a classifier says of one sample.</summary>
/// <param name="Index">The class's index.</param>
/// <param name="Class">Its name, or the index where the model names no classes.</param>
/// <param name="Probability">Its probability.</param>
internal sealed record Prediction(int Index, string Class, double Probability);
