using System.Buffers;
using Toolkit.Numerics;

namespace Toolkit.Trainer.Data;

/// <summary>Several transforms, one after another. Memory between them is pooled: nothing is allocated a sample.</summary>
public sealed class SampleTransformSequence : SampleTransform
{
    private readonly SampleTransform[] _transforms;

    /// <summary>Makes the sequence.</summary>
    /// <param name="transforms">The transforms, the first first; none copies the sample.</param>
    public SampleTransformSequence(params ReadOnlySpan<SampleTransform> transforms)
    {
        foreach (SampleTransform transform in transforms)
        {
            ArgumentNullException.ThrowIfNull(transform, nameof(transforms));
        }

        _transforms = transforms.ToArray();
    }

    /// <summary>The transforms, the first first.</summary>
    public IReadOnlyList<SampleTransform> Transforms => _transforms;

    /// <inheritdoc/>
    public override void Apply(ReadOnlySpan<float> source, Span<float> destination, Shape sample, CounterRandom random)
    {
        ArgumentNullException.ThrowIfNull(random);
        if (source.Length != sample.Length || destination.Length != sample.Length)
        {
            throw new ArgumentException($"SampleTransformSequence: expected {sample.Length} values in and out for {sample}, got {source.Length} and {destination.Length}.", nameof(source));
        }

        if (_transforms.Length < 2)
        {
            if (_transforms.Length == 1)
            {
                _transforms[0].Apply(source, destination, sample, random);
            }
            else
            {
                source.CopyTo(destination);
            }

            return;
        }

        float[] memory = ArrayPool<float>.Shared.Rent(2 * source.Length);
        try
        {
            Span<float> from = memory.AsSpan(0, source.Length);
            Span<float> to = memory.AsSpan(source.Length, source.Length);
            _transforms[0].Apply(source, from, sample, random);
            for (int i = 1; i < _transforms.Length - 1; i++)
            {
                _transforms[i].Apply(from, to, sample, random);
                Span<float> free = from;
                from = to;
                to = free;
            }

            _transforms[^1].Apply(from, destination, sample, random);
        }
        finally
        {
            ArrayPool<float>.Shared.Return(memory);
        }
    }
}
