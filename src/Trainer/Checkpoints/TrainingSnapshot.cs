using Toolkit.Trainer.Autograd;
using Toolkit.Trainer.Callbacks;
using Toolkit.Trainer.Optimizers;
using Toolkit.Trainer.Training;

namespace Toolkit.Trainer.Checkpoints;

/// <summary>
/// Everything that a training depends on, out of and back into the objects that hold it. Shuffles, dropout and augmentation draw from streams that
/// the seed, the epoch and the step select, so that the last two stand for all of them.
/// </summary>
internal sealed class TrainingSnapshot(Model model, TrainingState state, HeadMetrics metrics, TrainingRun run, IReadOnlyList<Callback> callbacks)
{
    private const string Parameters = "parameter/";
    private const string Slots = "optimizer/slot/";
    private const string OptimizerNumbers = "optimizer/state/";
    private const string Training = "training/";
    private const string Figures = "metrics/";
    private const string Callbacks = "callback/";

    private readonly IReadOnlyList<(string Key, Callback Callback)> _callbacks = WithKeys(callbacks);

    /// <summary>Where a saved training stands.</summary>
    public static CheckpointPosition PositionOf(SavedState saved)
    {
        SavedState training = saved.Part(Training);
        return new CheckpointPosition((int)training.GetInt64("epoch"), (int)training.GetInt64("step"), training.GetBoolean("is_inside_epoch"));
    }

    /// <summary>Fails where something that must be saved cannot be.</summary>
    /// <exception cref="NotSupportedException">A metric does not save its state.</exception>
    public void RequireSavable() => metrics.SaveState(new SavedState());

    public SavedState Capture(CheckpointPosition position)
    {
        var saved = new SavedState();
        var training = new SavedState();
        training.Set("epoch", position.Epoch);
        training.Set("step", position.Step);
        training.Set("is_inside_epoch", position.IsInsideEpoch);
        training.Set("epochs_begun", state.Epoch);
        training.Set("steps_done", (long)state.Step);
        training.Set("stop_requested", run.StopRequested);
        training.Set("epoch_seconds", position.IsInsideEpoch ? run.EpochSeconds : 0);
        saved.Add(Training, training);

        ParameterArena arena = model.Arena;
        Optimizer optimizer = state.Optimizer;
        foreach (Parameter parameter in arena.Parameters)
        {
            saved.Set(Parameters + parameter.Name, parameter.Shape, parameter.Value);
        }

        for (int slot = 0; slot < arena.SlotCount; slot++)
        {
            foreach (Parameter parameter in arena.Parameters.Where(parameter => parameter.IsTrainable))
            {
                saved.Set($"{Slots}{optimizer.SlotName(slot)}/{parameter.Name}", parameter.Shape, SlotOf(arena, slot, parameter));
            }
        }

        foreach ((string name, double value) in optimizer.State)
        {
            saved.Set(OptimizerNumbers + name, value);
        }

        if (position.IsInsideEpoch)
        {
            var figures = new SavedState();
            metrics.SaveState(figures);
            saved.Add(Figures, figures);
        }

        foreach ((string key, Callback callback) in _callbacks)
        {
            saved.Add($"{Callbacks}{key}/", StateOf(callback));
        }

        return saved;
    }

    /// <summary>Compares the callbacks with those whose state was saved.</summary>
    /// <returns>The difference in words, or null where there is none.</returns>
    public string? DifferenceFrom(SavedState saved)
    {
        string[] expected = [.. _callbacks.Where(entry => StateOf(entry.Callback).Count > 0).Select(entry => entry.Key)];
        string[] got = [.. saved.Part(Callbacks).Names.Select(name => name[..name.IndexOf('/')]).Distinct()];
        return expected.Except(got).Any() || got.Except(_callbacks.Select(entry => entry.Key)).Any()
            ? $"expected the state of the callbacks {string.Join(", ", expected)}, got that of {string.Join(", ", got)}"
            : null;
    }

    /// <summary>Gives model and optimizer what was saved of them.</summary>
    public void RestoreModel(SavedState saved)
    {
        ParameterArena arena = model.Arena;
        Optimizer optimizer = state.Optimizer;
        foreach (Parameter parameter in arena.Parameters)
        {
            Copy(saved, Parameters + parameter.Name, parameter.Value);
        }

        arena.ResetSlots(optimizer);
        for (int slot = 0; slot < arena.SlotCount; slot++)
        {
            foreach (Parameter parameter in arena.Parameters.Where(parameter => parameter.IsTrainable))
            {
                Copy(saved, $"{Slots}{optimizer.SlotName(slot)}/{parameter.Name}", SlotOf(arena, slot, parameter));
            }
        }

        SavedState numbers = saved.Part(OptimizerNumbers);
        optimizer.RestoreState(numbers.Names.ToDictionary(name => name, numbers.GetDouble, StringComparer.Ordinal));
        SavedState training = saved.Part(Training);
        state.Epoch = (int)training.GetInt64("epochs_begun");
        state.Step = (ulong)training.GetInt64("steps_done");
    }

    /// <summary>Gives everything what was saved: model and optimizer again, which callbacks may have changed since, metrics and callbacks.</summary>
    public void Restore(SavedState saved)
    {
        RestoreModel(saved);
        SavedState training = saved.Part(Training);
        run.StopRequested = training.GetBoolean("stop_requested");
        if (PositionOf(saved).IsInsideEpoch)
        {
            run.EpochSeconds = training.GetDouble("epoch_seconds");
            metrics.RestoreState(saved.Part(Figures));
            run.Loss = metrics.Loss;
        }

        foreach ((string key, Callback callback) in _callbacks)
        {
            SavedState own = saved.Part($"{Callbacks}{key}/");
            if (own.Count > 0)
            {
                callback.RestoreState(run, own);
            }
        }
    }

    private static SavedState StateOf(Callback callback)
    {
        var own = new SavedState();
        callback.SaveState(own);
        return own;
    }

    private static Span<float> SlotOf(ParameterArena arena, int slot, Parameter parameter) => arena.Slot(slot).Slice(parameter.Offset, parameter.Shape.Length);

    private static void Copy(SavedState saved, string name, Span<float> destination)
    {
        float[] values = saved.GetSingles(name);
        if (values.Length != destination.Length)
        {
            throw new CheckpointException($"Checkpoint: expected {destination.Length} values of '{name}', got {values.Length}; the file was not written by this toolkit.");
        }

        values.CopyTo(destination);
    }

    /// <summary>A name that stays the same from run to run: the type's, with a number where there are several of a type.</summary>
    private static List<(string Key, Callback Callback)> WithKeys(IReadOnlyList<Callback> callbacks)
    {
        var counts = new Dictionary<string, int>(StringComparer.Ordinal);
        var keyed = new List<(string Key, Callback Callback)>();
        foreach (Callback callback in callbacks)
        {
            string name = callback.GetType().Name;
            int number = counts.GetValueOrDefault(name);
            counts[name] = number + 1;
            keyed.Add((number == 0 ? name : $"{name}_{number}", callback));
        }

        return keyed;
    }
}
