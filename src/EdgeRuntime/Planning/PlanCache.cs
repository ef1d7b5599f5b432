using Toolkit.Numerics;
using Toolkit.Onnx;

namespace Toolkit.EdgeRuntime.Planning;

/// <summary>
/// The plans of the last few combinations of input shapes. When there are more than <see cref="Capacity"/>, or when they hold more
/// memory than the limits allow, the one that was used least recently goes.
/// </summary>
internal sealed class PlanCache(CompiledProgram program)
{
    /// <summary>The number of plans that are kept.</summary>
    public const int Capacity = 4;

    private readonly Lock _lock = new();

    // The most recently used first; at most Capacity, so that a search is a few comparisons.
    private readonly List<(Shape[] Key, ExecutionPlan Plan)> _plans = new(Capacity + 1);

    /// <summary>How many plans are kept now.</summary>
    public int Count
    {
        get
        {
            lock (_lock)
            {
                return _plans.Count;
            }
        }
    }

    /// <summary>The plan for inputs of these shapes. Allocates nothing where there is one already.</summary>
    /// <exception cref="ArgumentException">The shapes contradict an operator, or need more memory than the limits allow.</exception>
    public ExecutionPlan Get(ReadOnlySpan<Tensor> inputs)
    {
        lock (_lock)
        {
            for (int i = 0; i < _plans.Count; i++)
            {
                if (Fits(_plans[i].Key, inputs))
                {
                    return Touch(i);
                }
            }
        }

        var key = new Shape[inputs.Length];
        for (int i = 0; i < key.Length; i++)
        {
            key[i] = inputs[i].Shape;
        }

        return Add(key);
    }

    /// <summary>The plan for values of any kind, by the shapes of the tensors among them.</summary>
    /// <inheritdoc cref="Get(ReadOnlySpan{Tensor})"/>
    public ExecutionPlan Get(ReadOnlySpan<OnnxValue> inputs)
    {
        lock (_lock)
        {
            for (int i = 0; i < _plans.Count; i++)
            {
                if (Fits(_plans[i].Key, inputs))
                {
                    return Touch(i);
                }
            }
        }

        var key = new Shape[inputs.Length];
        for (int i = 0; i < key.Length; i++)
        {
            key[i] = ShapeOf(inputs[i]);
        }

        return Add(key);
    }

    /// <inheritdoc cref="Get(ReadOnlySpan{Tensor})"/>
    public ExecutionPlan Get(Shape[] shapes)
    {
        lock (_lock)
        {
            int index = _plans.FindIndex(entry => entry.Key.AsSpan().SequenceEqual(shapes));
            if (index >= 0)
            {
                return Touch(index);
            }
        }

        return Add(shapes);
    }

    private static bool Fits(Shape[] key, ReadOnlySpan<Tensor> inputs)
    {
        for (int i = 0; i < key.Length; i++)
        {
            if (key[i] != inputs[i].Shape)
            {
                return false;
            }
        }

        return true;
    }

    private static bool Fits(Shape[] key, ReadOnlySpan<OnnxValue> inputs)
    {
        for (int i = 0; i < key.Length; i++)
        {
            if (key[i] != ShapeOf(inputs[i]))
            {
                return false;
            }
        }

        return true;
    }

    private static Shape ShapeOf(OnnxValue value) => value is OnnxTensor { Tensor.Shape: var shape } ? shape : default;

    private ExecutionPlan Touch(int index)
    {
        (Shape[] Key, ExecutionPlan Plan) entry = _plans[index];
        if (index > 0)
        {
            _plans.RemoveAt(index);
            _plans.Insert(0, entry);
        }

        return entry.Plan;
    }

    // The plan is made outside of the lock: a slow first run of one shape does not hold up runs of others.
    private ExecutionPlan Add(Shape[] key)
    {
        ExecutionPlan plan = Build(key);
        lock (_lock)
        {
            int index = _plans.FindIndex(entry => entry.Key.AsSpan().SequenceEqual(key));
            if (index >= 0)
            {
                return Touch(index);
            }

            _plans.Insert(0, (key, plan));
            while (_plans.Count > 1 && (_plans.Count > Capacity || _plans.Sum(entry => entry.Plan.RetainedBytes) > program.Limits.MaxPlanBytes))
            {
                _plans.RemoveAt(_plans.Count - 1);
            }
        }

        return plan;
    }

    private ExecutionPlan Build(Shape[] key)
    {
        try
        {
            ShapeSolver shapes = ShapeSolver.Solve(program, key);
            return shapes.IsComplete && !program.HasValueNodes ? PlanBuilder.Build(program, shapes) : new DynamicPlan(program, shapes);
        }
        catch (OnnxModelException exception)
        {
            // The model alone was valid when it was loaded: what does not fit are these inputs.
            string inputs = string.Join(", ", program.InputValues.Select((value, i) => $"'{program.Values[value].Name}' {key[i]}"));
            throw new ArgumentException($"Inputs {inputs} do not fit the model: {exception.Message}", nameof(key), exception);
        }
    }
}
