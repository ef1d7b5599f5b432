using Toolkit.Numerics;
using Toolkit.Trainer.Autograd;
using Toolkit.Trainer.Data;

namespace Toolkit.Trainer.Training;

/// <summary>Copies batches of inputs, targets and weights into programs, in order or shuffled. Copying allocates nothing.</summary>
internal sealed class BatchSource
{
    private readonly Column[] _columns;
    private readonly int[]? _order;
    private readonly SampleTransform? _transform;
    private readonly Shape _sample;
    private CounterRandom? _random;

    /// <summary>Makes the source of samples <paramref name="first"/> to <c>first + count</c>.</summary>
    /// <param name="data">The data.</param>
    /// <param name="first">The first sample.</param>
    /// <param name="count">The number of samples.</param>
    /// <param name="shuffles">Whether epochs take them in random order.</param>
    /// <param name="transform">Changes every sample of the first input on its way; null for none.</param>
    public BatchSource(TrainingData data, int first, int count, bool shuffles, SampleTransform? transform = null)
    {
        Count = count;
        IsWeighted = data.SampleWeights is not null;
        _columns = [.. data.Inputs.Concat(data.Targets).Concat(IsWeighted ? (Tensor<float>[])[data.SampleWeights!] : []).Select(tensor => new Column(tensor, first, count))];
        TargetWidths = [.. data.Targets.Select(tensor => tensor.Shape.LengthOf(1..))];
        InputCount = data.Inputs.Count;
        _order = shuffles ? new int[count] : null;
        _transform = transform;
        _sample = new Shape(data.Inputs[0].Shape.Dimensions[1..]);
    }

    public int Count { get; }

    public int InputCount { get; }

    public bool IsWeighted { get; }

    /// <summary>Values a sample of each target.</summary>
    public IReadOnlyList<int> TargetWidths { get; }

    /// <summary>Draws the order and the transformations of an epoch; they depend on the seed and the epoch's number alone.</summary>
    public void BeginEpoch(int seed, int epoch)
    {
        _random = _transform is null ? null : new CounterRandom((ulong)seed, RandomStreams.Augmentation(epoch));
        if (_order is null)
        {
            return;
        }

        for (int i = 0; i < _order.Length; i++)
        {
            _order[i] = i;
        }

        new CounterRandom((ulong)seed, RandomStreams.Shuffle(epoch)).Shuffle<int>(_order);
    }

    /// <summary>Fills the inputs of a program.</summary>
    public void Fill(StepProgram program, int start, int rows)
    {
        for (int column = 0; column < _columns.Length; column++)
        {
            if (column == 0 && _random is not null)
            {
                Transform(program.Input(0), start, rows);
            }
            else
            {
                Copy(_columns[column], program.Input(column), start, rows);
            }
        }
    }

    private void Transform(Span<float> destination, int start, int rows)
    {
        ReadOnlySpan<float> source = _columns[0].Values.Span;
        int width = _columns[0].Width;
        for (int row = 0; row < rows; row++)
        {
            int sample = _order is null ? start + row : _order[start + row];
            _random!.Position = (ulong)sample << 32;
            _transform!.Apply(source.Slice(sample * width, width), destination.Slice(row * width, width), _sample, _random);
        }
    }

    private void Copy(Column column, Span<float> destination, int start, int rows)
    {
        ReadOnlySpan<float> source = column.Values.Span;
        int width = column.Width;
        if (_order is null)
        {
            source.Slice(start * width, rows * width).CopyTo(destination);
            return;
        }

        ReadOnlySpan<int> order = _order.AsSpan(start, rows);
        if (width == 1)
        {
            for (int row = 0; row < order.Length; row++)
            {
                destination[row] = source[order[row]];
            }

            return;
        }

        for (int row = 0; row < order.Length; row++)
        {
            source.Slice(order[row] * width, width).CopyTo(destination[(row * width)..]);
        }
    }

    private sealed class Column(Tensor<float> tensor, int first, int count)
    {
        public int Width { get; } = tensor.Shape.LengthOf(1..);

        public ReadOnlyMemory<float> Values { get; } = tensor.Memory.Slice(first * tensor.Shape.LengthOf(1..), count * tensor.Shape.LengthOf(1..));
    }
}
