using Toolkit.Numerics;

namespace Toolkit.Trainer.Autograd;

/// <summary>
/// The memory of a model's parameters: values, gradients and optimizer slots, each one flat array with the same offsets, so that an
/// optimizer's step is one pass and a checkpoint one copy. Trainable parameters come first; gradients and slots cover these alone.
/// Parameters start on cache lines; the gaps between them hold zeros and stay so.
/// </summary>
public sealed class ParameterArena
{
    private readonly AlignedMemory _values;
    private readonly AlignedMemory _gradients;
    private AlignedMemory[] _slots = [];
    private Optimizers.Optimizer? _slotsOwner;

    /// <summary>Lays out the parameters and gives them memory, zeroed.</summary>
    /// <exception cref="ArgumentException">Two parameters have the same name, or one belongs to another arena.</exception>
    public ParameterArena(IReadOnlyList<Parameter> parameters)
    {
        ArgumentNullException.ThrowIfNull(parameters);
        var names = new HashSet<string>(StringComparer.Ordinal);
        int length = 0;
        foreach (Parameter parameter in parameters.Where(p => p.IsTrainable).Concat(parameters.Where(p => !p.IsTrainable)))
        {
            if (!names.Add(parameter.Name))
            {
                throw new ArgumentException($"ParameterArena: two parameters are called '{parameter.Name}'; give their layers different names.", nameof(parameters));
            }

            parameter.Attach(this, length);
            length = checked(length + AlignedMemory.RoundUp(parameter.Shape.Length));
            TrainableLength = parameter.IsTrainable ? length : TrainableLength;
        }

        Parameters = [.. parameters];
        Count = Parameters.Sum(p => p.Shape.Length);
        _values = new AlignedMemory(length);
        _gradients = new AlignedMemory(TrainableLength);
    }

    /// <summary>The parameters in the model's order.</summary>
    public IReadOnlyList<Parameter> Parameters { get; }

    /// <summary>The number of parameters' values, without the gaps.</summary>
    public int Count { get; }

    /// <summary>The length of the part that is trained, gaps included.</summary>
    public int TrainableLength { get; }

    /// <summary>All values.</summary>
    public Span<float> Values => _values.Span;

    /// <summary>The values of the trainable parameters, which an optimizer updates.</summary>
    public Span<float> TrainableValues => _values.Span[..TrainableLength];

    /// <summary>The gradients of the trainable parameters.</summary>
    public Span<float> Gradients => _gradients.Span;

    /// <summary>The number of optimizer slots.</summary>
    public int SlotCount => _slots.Length;

    /// <summary>One of the optimizer's state arrays, as long as <see cref="Gradients"/>; empty where the optimizer has none of that number.</summary>
    public Span<float> Slot(int slot) => slot < _slots.Length ? _slots[slot].Span : [];

    /// <summary>Makes slots for an optimizer, unless the slots are its already: it, and no other since, had them made.</summary>
    public void EnsureSlots(Optimizers.Optimizer optimizer)
    {
        if (!ReferenceEquals(_slotsOwner, optimizer))
        {
            ResetSlots(optimizer);
        }
    }

    /// <summary>Makes fresh slots for an optimizer.</summary>
    public void ResetSlots(Optimizers.Optimizer optimizer)
    {
        ArgumentNullException.ThrowIfNull(optimizer);
        _slots = new AlignedMemory[optimizer.SlotCount];
        for (int slot = 0; slot < _slots.Length; slot++)
        {
            _slots[slot] = new AlignedMemory(TrainableLength);
            _slots[slot].Span.Fill(optimizer.InitialSlotValue(slot));
        }

        _slotsOwner = optimizer;
    }

    /// <summary>Draws every parameter's first values; parameter i has the random stream <c>2³² + i</c> of the seed.</summary>
    public void Initialize(int seed)
    {
        for (int index = 0; index < Parameters.Count; index++)
        {
            Parameter parameter = Parameters[index];
            parameter.Initializer.Fill(parameter.Value, parameter.Shape, new CounterRandom((ulong)seed, RandomStreams.Parameter(index)));
        }
    }

    internal BufferSlice ValueSlice(Parameter parameter) => _values.Slice(parameter.Offset, parameter.Shape.Length);

    internal BufferSlice GradientSlice(Parameter parameter) => _gradients.Slice(parameter.Offset, parameter.Shape.Length);
}
