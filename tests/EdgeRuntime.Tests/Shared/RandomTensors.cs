using Toolkit.Numerics;

namespace Toolkit.EdgeRuntime.Tests;

/// <summary>Seeded test data.</summary>
internal sealed class RandomTensors(int seed)
{
    private readonly Random _random = new(seed);

    public Tensor<float> Float(params int[] shape) => Fill(shape, _ => (float)((_random.NextDouble() * 4) - 2));

    public Tensor<float> Scaled(float scale, params int[] shape) => Fill(shape, _ => scale * (float)((_random.NextDouble() * 2) - 1));

    public Tensor<float> Positive(params int[] shape) => Fill(shape, _ => (float)(_random.NextDouble() + 0.1));

    public Tensor<double> Double(params int[] shape) => Fill(shape, _ => (_random.NextDouble() * 4) - 2);

    public Tensor<int> Int(params int[] shape) => Fill(shape, _ => _random.Next(-5, 6));

    public Tensor<long> Long(params int[] shape) => Fill(shape, _ => (long)_random.Next(-5, 6));

    public Tensor<bool> Bool(params int[] shape) => Fill(shape, _ => _random.Next(2) == 1);

    private static Tensor<T> Fill<T>(int[] shape, Func<int, T> value)
    {
        var tensor = new Tensor<T>(new Shape(shape));
        for (int i = 0; i < tensor.Length; i++)
        {
            tensor.Span[i] = value(i);
        }

        return tensor;
    }
}
